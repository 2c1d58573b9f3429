package division_test

import (
	"encoding/json"
	"os"
	"testing"

	"minglu/domain/calendar"
	"minglu/domain/division"
)

func TestVectorsResolve(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Division struct {
			Cases []struct {
				Code      division.Code   `json:"code"`
				AsOf      calendar.Day    `json:"as_of"`
				Status    division.Status `json:"status"`
				Name      string          `json:"name"`
				Level     division.Level  `json:"level"`
				Parent    division.Code   `json:"parent"`
				Province  division.Code   `json:"province"`
				Successor division.Code   `json:"successor"`
			}
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Division.Cases) == 0 {
		t.Fatal("got no vectors")
	}
	for _, c := range file.Division.Cases {
		t.Run(string(c.Code)+" on "+c.AsOf.String()+" is "+string(c.Status), func(t *testing.T) {
			got := division.Resolve(c.Code, c.AsOf)
			d := got.Division
			if got.Status != c.Status || d.Code != c.Code || got.Status == division.Retired && d.Successor != c.Successor {
				t.Fatalf("got %+v, want %+v", got, c)
			}
			if c.Name != "" && d.Name != c.Name || c.Level != "" && d.Level != c.Level || c.Parent != "" && d.Parent != c.Parent {
				t.Fatalf("got %+v, want %+v", d, c)
			}
			if c.Province != "" && !division.Within(c.Code, c.Province) {
				t.Fatalf("got %s outside %s, want inside", c.Code, c.Province)
			}
		})
	}
}

func TestStatusTurnsOnTheDayItself(t *testing.T) {
	for _, c := range []struct {
		code division.Code
		day  calendar.Day
		want division.Status
	}{
		{"140624", calendar.Date(2018, 1, 31), division.Valid},
		{"140624", calendar.Date(2018, 2, 1), division.Retired},
		{"140681", calendar.Date(2018, 1, 31), division.NotYetValid},
		{"140681", calendar.Date(2018, 2, 1), division.Valid},
		{"140624", 0, division.Retired},
		{"140681", 0, division.Valid},
		{"140681", calendar.Date(2200, 12, 31), division.Valid},
		{"530427", calendar.Date(1900, 1, 1), division.Valid},
		{"", 0, division.Unknown},
		{"53042", 0, division.Unknown},
	} {
		if got := division.Resolve(c.code, c.day).Status; got != c.want {
			t.Errorf("%s on %s: got %s, want %s", c.code, c.day, got, c.want)
		}
	}
}

func TestFlagsFollowTheNotes(t *testing.T) {
	for _, c := range []struct {
		code                  division.Code
		statistical, grouping bool
	}{
		{"371371", true, false}, {"140671", true, false}, {"632857", true, false}, {"620201", true, false}, {"232761", true, false},
		{"110100", false, true}, {"110200", false, true}, {"500100", false, true}, {"419000", false, true}, {"659000", false, true},
		{"530427", false, false}, {"530400", false, false}, {"441900", false, false}, {"130505", false, false},
	} {
		d := division.Resolve(c.code, 0).Division
		if d.Statistical != c.statistical || d.Grouping != c.grouping {
			t.Errorf("%s: got statistical %v and grouping %v, want %v and %v", c.code, d.Statistical, d.Grouping, c.statistical, c.grouping)
		}
	}
}

func TestEverySuccessorIsInTheTableAndFollows(t *testing.T) {
	for _, province := range division.Provinces() {
		for _, prefecture := range division.Children(province) {
			for _, county := range division.Children(prefecture) {
				d := division.Resolve(county, 0).Division
				if d.Successor == "" {
					continue
				}
				if got := division.Resolve(d.Successor, d.ValidTo).Status; got != division.Valid {
					t.Errorf("%s → %s on %s: got %s, want valid", d.Code, d.Successor, d.ValidTo, got)
				}
			}
		}
	}
}

func TestFullNameLeavesOutGroupingCodes(t *testing.T) {
	for _, c := range []struct {
		code division.Code
		day  calendar.Day
		want string
	}{
		{"530427", calendar.Date(2022, 6, 8), "云南省玉溪市新平彝族傣族自治县"},
		{"500109", calendar.Date(2022, 5, 11), "重庆市北碚区"},
		{"110228", calendar.Date(2015, 1, 1), "北京市密云县"},
		{"419001", 0, "河南省济源市"},
		{"371300", 0, "山东省临沂市"},
		{"441900", 0, "广东省东莞市"},
		{"530000", 0, "云南省"},
		{"140624", calendar.Date(2017, 1, 1), "山西省朔州市怀仁县"},
		{"140681", calendar.Date(2017, 1, 1), "山西省朔州市怀仁市"},
		{"500100", 0, "重庆市"},
		{"999999", 0, ""},
		{"", 0, ""},
	} {
		if got := division.FullName(c.code, c.day); got != c.want {
			t.Errorf("%s: got %q, want %q", c.code, got, c.want)
		}
	}
}

func TestNameOfAnUnknownCodeIsEmpty(t *testing.T) {
	if got := division.Name("530427"); got != "新平彝族傣族自治县" {
		t.Fatalf("got %q, want 新平彝族傣族自治县", got)
	}
	if got := division.Name("999999"); got != "" {
		t.Fatalf("got %q, want nothing", got)
	}
}

const again = `code,name,level,parent,valid_from,valid_to,successor,note
530000,云南省,province,,,,,
530400,玉溪市,prefecture,530000,,,,
530499,乙县,county,530400,2020-01-01,2021-01-01,,
530499,甲县,county,530400,2010-01-01,2015-01-01,530427,
530427,新平,county,530400,,,,
`

func TestACodeGivenOutAgainResolvesToTheRowOfTheDay(t *testing.T) {
	for _, c := range []struct {
		day    calendar.Day
		status division.Status
		name   string
	}{
		{calendar.Date(2009, 12, 31), division.NotYetValid, "甲县"},
		{calendar.Date(2010, 1, 1), division.Valid, "甲县"},
		{calendar.Date(2014, 12, 31), division.Valid, "甲县"},
		{calendar.Date(2015, 1, 1), division.Retired, "甲县"},
		{calendar.Date(2019, 12, 31), division.Retired, "甲县"},
		{calendar.Date(2020, 1, 1), division.Valid, "乙县"},
		{calendar.Date(2021, 1, 1), division.Retired, "乙县"},
		{0, division.Retired, "乙县"},
	} {
		got, err := division.ResolveIn(again, "530499", c.day)
		if err != nil || got.Status != c.status || got.Division.Name != c.name {
			t.Errorf("%s: got %s %s %v, want %s %s", c.day, got.Status, got.Division.Name, err, c.status, c.name)
		}
	}
}

func TestATableThatIsNoTreeIsRefused(t *testing.T) {
	const head = "code,name,level,parent,valid_from,valid_to,successor,note\n"
	for name, text := range map[string]string{
		"parent missing": head + "530427,甲,county,530400,,,,\n",
		"level skipped":  head + "530000,甲,province,,,,,\n530427,乙,county,530000,,,,\n",
		"bad code":       head + "5304,甲,province,,,,,\n",
		"bad parent":     head + "530400,甲,prefecture,53,,,,\n",
		"bad successor":  head + "530000,甲,province,,,,5,\n",
		"bad first day":  head + "530000,甲,province,,2018,,,\n",
		"bad last day":   head + "530000,甲,province,,,2018-02-30,,\n",
		"missing column": head + "530000,甲,province\n",
	} {
		if _, err := division.ResolveIn(text, "530000", 0); err == nil {
			t.Errorf("%s: got no error, want one", name)
		}
	}
}
