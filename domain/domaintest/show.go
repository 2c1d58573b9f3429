package domaintest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
)

// show writes facts as people read them: name and body, one member a line.
func show[E domain.Event](events []E) string {
	if len(events) == 0 {
		return "(nothing)"
	}
	var b strings.Builder
	for i, e := range events {
		if i > 0 {
			b.WriteByte('\n')
		}
		body, err := json.MarshalIndent(e, "", "  ")
		if err != nil {
			body = fmt.Append(nil, err)
		}
		fmt.Fprintf(&b, "%s %s", e.EventName(), body)
	}
	return b.String()
}

// diff writes two texts line by line: "-" before what only got has, "+" before
// what only want has.
func diff(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	// common[i][j] is the length of the longest common part of a[i:] and b[j:].
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []string
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, "  "+a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			out = append(out, "- "+a[i])
			i++
		default:
			out = append(out, "+ "+b[j])
			j++
		}
	}
	return strings.Join(out, "\n")
}

// snapshot writes a value down to its last member, private ones and the room
// behind the end of its lists included, so that two snapshots differ where
// anything was changed.
func snapshot(v any) string {
	return string(write(nil, reflect.ValueOf(v)))
}

func write(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Invalid:
		return append(b, "nil"...)
	case reflect.Bool:
		if v.Bool() {
			return append(b, '1')
		}
		return append(b, '0')
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return strconv.AppendFloat(b, v.Float(), 'g', -1, 64)
	case reflect.String:
		b = strconv.AppendInt(b, int64(v.Len()), 10)
		return append(append(b, ':'), v.String()...)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, "nil"...)
		}
		return write(append(b, '&'), v.Elem())
	case reflect.Struct:
		return writeStruct(b, v)
	case reflect.Array:
		return writeList(b, v)
	case reflect.Slice:
		if v.IsNil() {
			return append(b, "nil"...)
		}
		b = append(writeList(b, v), '~')
		return writeList(b, v.Slice(v.Len(), v.Cap()))
	case reflect.Map:
		return writeMap(b, v)
	}
	return append(b, v.Kind().String()...) // functions and channels have nothing to compare
}

func writeStruct(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	for i := range v.NumField() {
		b = append(write(b, v.Field(i)), ' ')
	}
	return append(b, '}')
}

func writeList(b []byte, v reflect.Value) []byte {
	b = append(b, '[')
	if v.Type().Elem().Kind() == reflect.Bool {
		for i := range v.Len() {
			b = strconv.AppendBool(b, v.Index(i).Bool())
		}
		return append(b, ']')
	}
	for i := range v.Len() {
		b = append(write(b, v.Index(i)), ' ')
	}
	return append(b, ']')
}

func writeMap(b []byte, v reflect.Value) []byte {
	var entries []string
	for it := v.MapRange(); it.Next(); {
		entries = append(entries, string(write(append(write(nil, it.Key()), ':'), it.Value())))
	}
	slices.Sort(entries)
	return append(b, "map["+strings.Join(entries, " ")+"]"...)
}
