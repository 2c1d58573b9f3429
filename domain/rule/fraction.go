package rule

import (
	"strconv"
	"strings"

	"minglu/domain"
)

// ParseFraction reads a share such as "1/20": two whole numbers, the first not
// above the second, which is from 1 to 1,000,000.
func ParseFraction(s string) (num, den int, err error) {
	a, b, ok := strings.Cut(s, "/")
	num, errA := strconv.Atoi(a)
	den, errB := strconv.Atoi(b)
	if !ok || errA != nil || errB != nil || strconv.Itoa(num) != a || strconv.Itoa(den) != b || num < 0 || den < 1 || num > den || den > 1_000_000 {
		return 0, 0, domain.BadField("", "rate", domain.Say("比例应写成分数，如 1/20，且不大于 1", "write a rate as a fraction such as 1/20, not above 1"))
	}
	return num, den, nil
}
