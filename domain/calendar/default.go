package calendar

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed workdays.json
var workdays []byte

var builtIn = func() Calendar {
	var file struct {
		Years map[int]Year `json:"years"`
	}
	if err := json.Unmarshal(workdays, &file); err != nil {
		panic(fmt.Sprintf("read workdays.json: %v", err))
	}
	c, err := New("", file.Years)
	if err != nil {
		panic(fmt.Sprintf("read workdays.json: %v", err))
	}
	years := c.Years()
	c.version = fmt.Sprintf("%d-%d", years[0], years[len(years)-1])
	return c
}()

// Default returns the calendar the program was built with. Its version names
// its first and last year, such as "2018-2026".
func Default() Calendar {
	return builtIn
}
