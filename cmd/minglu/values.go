package main

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// A choice is a flag value out of a closed list.
type choice struct {
	p      *string
	values []string
}

func (c *choice) String() string {
	if c.p == nil {
		return ""
	}
	return *c.p
}

// Set refuses what is not in the list.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.values, s) {
		list := strings.Join(c.values, " | ")
		return badUsage("“%s”不在可选值之中：%s", "%q is none of %s", s, list)
	}
	*c.p = s
	return nil
}

// byteSize is a flag value in bytes, with the binary units K, M, G and T.
type byteSize int64

const sizeUnits = "KMGT"

func (b *byteSize) String() string {
	n, unit := int64(*b), ""
	for i := 0; i < len(sizeUnits) && n != 0 && n%1024 == 0; i++ {
		n, unit = n/1024, sizeUnits[i:i+1]
	}
	return strconv.FormatInt(n, 10) + unit
}

// Set reads a number with or without a unit.
func (b *byteSize) Set(s string) error {
	digits := strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(s)), "B")
	shift := 0
	if n := len(digits); n > 0 {
		if i := strings.IndexByte(sizeUnits, digits[n-1]); i >= 0 {
			digits, shift = digits[:n-1], 10*(i+1)
		}
	}
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || v < 0 || v > math.MaxInt64>>shift {
		return badUsage("“%s”不是大小，应为 20G 这样的写法", "%q is no size; write it like 20G", s)
	}
	*b = byteSize(v << shift)
	return nil
}
