package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// checkRoutes check what others have printed.
var checkRoutes = []*route{
	withoutToken[rule.PrintedShare]("/check-figure", "Check a printed rate against the numbers printed with it, without an account.", (*server).checkFigure, tagged(tagFigures),
		about("Whole numbers only, and the decimals that are printed decide what was rounded. Write what the rate counts as numerator, or as remaining what is left of the denominator; the parts of a list are added up. "+
			"Others are further numbers of the same text: each is tried as the denominator, and so is every sum and difference of two numbers, but only a number that is printed decides the verdict. "+
			"A number that was rounded says to what (rounded_to), or that it is “余” (at_least) or “近” (nearly), which leave less than one unit: without rounded_to that of the last digit that is not 0. "+
			"The verdict is the first that holds. The printed rate stays as it is, and of two readings none is chosen. Nothing is read from the register, and nothing of it is kept.")),
}

func tagged(tag string) func(*route) { return func(r *route) { r.tag = tag } }

// CheckedFigure is what came of checking a printed rate.
type CheckedFigure struct {
	Verdict      term.RateVerdict      `json:"verdict"`
	VerdictLabel string                `json:"verdict_label"`
	Text         string                `json:"text" doc:"The same in a sentence."`
	Printed      string                `json:"printed" doc:"As it was sent."`
	Rate         answer.Maybe          `json:"rate" example:"97.64" doc:"The printed rate in per cent; null where there is no denominator to check it against."`
	Rounding     term.Rounding         `json:"rounding" doc:"By which it was checked."`
	Computed     answer.Maybe          `json:"computed" example:"100.00" doc:"Of the numbers as printed, by that rounding (half up where it is unknown); null where one is missing."`
	Fits         []term.Rounding       `json:"fits" doc:"The roundings, of all there are, by which the numbers as printed give the printed rate."`
	Numerator    *CheckedNumber        `json:"numerator" doc:"With what it may stand for; where only what is left was printed, what that leaves of the denominator."`
	Remaining    *CheckedNumber        `json:"remaining"`
	Denominator  *CheckedNumber        `json:"denominator"`
	Within       *CheckedWithin        `json:"within" doc:"Of what numbers, within the rounding of the printed ones, the rate is; null unless the verdict rests on it."`
	Others       []CheckedDenominators `json:"other_denominators" doc:"All denominators of which the rate would be the printed one."`
	Rule         answer.RuleCited      `json:"rule"`
}

// CheckedNumber is a number as printed, and the numbers that it may stand for.
type CheckedNumber struct {
	N    int64 `json:"n"`
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// CheckedRange is the whole numbers from one to another.
type CheckedRange struct {
	From int64  `json:"from"`
	To   *int64 `json:"to" doc:"Null: no end."`
}

// CheckedWithin is the smallest and the largest of the numbers that together give
// the rate.
type CheckedWithin struct {
	Kept        term.RatePart `json:"kept" doc:"What part is: numerator or remaining."`
	Part        CheckedRange  `json:"part"`
	Denominator CheckedRange  `json:"denominator"`
}

// CheckedDenominators are the denominators that give the rate with one number
// kept.
type CheckedDenominators struct {
	Kept       term.RatePart      `json:"kept" doc:"What is kept as printed: numerator or remaining."`
	N          int64              `json:"n" doc:"What is kept."`
	Range      CheckedRange       `json:"denominators"`
	Candidates []CheckedCandidate `json:"candidates" doc:"Numbers of the text among them, and what two of them make."`
}

// CheckedCandidate is a number that may be the true denominator.
type CheckedCandidate struct {
	N      int64        `json:"n"`
	Rate   string       `json:"rate" example:"97.64" doc:"With this denominator."`
	Part   answer.Maybe `json:"part" doc:"The list that it stands in; null: reckoned."`
	Name   answer.Maybe `json:"name"`
	MadeOf answer.Maybe `json:"made_of" example:"29 - 5" doc:"Null: printed."`
	Fits   CheckedRange `json:"fits" doc:"Where it was rounded: what it would have been."`
}

func (s *server) checkFigure(ctx context.Context, _ *receiptHeaders) (*reply[*CheckedFigure], error) {
	q := asked(ctx)
	var p rule.PrintedShare
	if err := q.reads(&p); err != nil {
		return nil, err
	}
	c, err := rule.CheckPrinted(p)
	if err != nil {
		return nil, err
	}
	return &reply[*CheckedFigure]{Status: http.StatusOK, Body: q.checked(p, c), ContentType: typeJSON, Cache: noStore}, nil
}

func (q *request) checked(p rule.PrintedShare, c rule.PrintedCheck) *CheckedFigure {
	out := &CheckedFigure{
		Verdict: c.Verdict, VerdictLabel: q.say(c.Verdict.Label()), Text: q.say(checkWords(p, c)), Printed: p.Printed, Rate: answer.Maybe(c.Rate), Rounding: c.Rounding,
		Computed: answer.Maybe(c.Computed), Fits: append([]term.Rounding{}, c.Fits...),
		Numerator: checkedNumber(c.Numerator), Remaining: checkedNumber(c.Remaining), Denominator: checkedNumber(c.Denominator), Others: []CheckedDenominators{},
		Rule: answer.RuleCited{ID: rule.PrintedRate.ID, Title: q.say(rule.PrintedRate.Title), Citation: answer.Maybe(rule.PrintedRate.Citation)},
	}
	if w := c.Within; w != nil {
		out.Within = &CheckedWithin{w.Kept, checkedRange(w.Part), checkedRange(w.Denominator)}
	}
	for _, d := range c.Denominators {
		one := CheckedDenominators{d.Kept, d.N, checkedRange(d.Range), []CheckedCandidate{}}
		for _, x := range d.Candidates {
			one.Candidates = append(one.Candidates, CheckedCandidate{x.N, x.Rate, answer.Maybe(x.Part), answer.Maybe(x.Name), answer.Maybe(x.MadeOf), checkedRange(x.Fits)})
		}
		out.Others = append(out.Others, one)
	}
	return out
}

func checkedNumber(s *rule.Span) *CheckedNumber {
	if s == nil {
		return nil
	}
	return &CheckedNumber{s.N, s.From, s.To}
}

func checkedRange(r rule.Range) CheckedRange {
	if r.To == rule.Unbounded {
		return CheckedRange{From: r.From}
	}
	return CheckedRange{r.From, &r.To}
}

// checkWords writes a check: what the numbers give, and what would give the rate.
func checkWords(p rule.PrintedShare, c rule.PrintedCheck) domain.Text {
	var t domain.Text
	if c.Computed != "" {
		t = domain.Say("%d/%d 得 %s%%，", "%d/%d is %s%%; ", c.Numerator.N, c.Denominator.N, c.Computed)
	}
	switch c.Verdict {
	case term.NotCheckable:
		return domain.Say("原文没有印出分子或分母，“%s”无从复算。", "The text prints no count or no denominator: %q cannot be checked.", p.Printed)
	case term.Reproducible:
		return both(t, reproducedWords(c))
	case term.ReproducibleIfBase:
		return both(t, domain.Say("分母取整前为 %[1]s 时，得印出的 %[3]s%%。", "with %[2]s before rounding as the denominator it is %[3]s%%, as printed.",
			span(c.Within.Denominator, "至"), span(c.Within.Denominator, "to"), c.Rate))
	case term.ReproducibleIfRounded:
		kept := c.Within.Kept.Label()
		return both(t, domain.Say("取整前%[1]s为 %[3]s、分母为 %[5]s 时，可得印出的 %[7]s%%。", "before rounding, with %[4]s as the %[2]s and %[6]s as the denominator, it can be %[7]s%%, as printed.",
			kept.ZH, kept.EN, span(c.Within.Part, "至"), span(c.Within.Part, "to"), span(c.Within.Denominator, "至"), span(c.Within.Denominator, "to"), c.Rate))
	case term.OtherDenominatorFits:
		zh, en := candidateWords(c)
		if c.Computed != "" {
			t = both(t, domain.Say("与印出的 %[1]s%% 不符；", "%[1]s%% is printed; ", c.Rate))
		}
		return both(t, domain.Say("分母为 %[1]s，则得 %[3]s%%。以何为准，须核对原始材料。", "with the denominator %[2]s it is %[3]s%%. Which holds, only the sources can tell.", zh, en, c.Rate))
	}
	return both(t, irreproducibleWords(c))
}

func both(a, b domain.Text) domain.Text { return domain.Text{ZH: a.ZH + b.ZH, EN: a.EN + b.EN} }

// reproducedWords says by which rounding, where it is not half up.
func reproducedWords(c rule.PrintedCheck) domain.Text {
	t := domain.Say("与印出的 %s%% 一致", "as printed (%s%%)", c.Rate)
	if c.Fits[0] == term.HalfUp {
		return both(t, domain.Text{ZH: "。", EN: "."})
	}
	k := c.Fits[0].Label()
	return both(t, domain.Text{ZH: "（" + k.ZH + "）。", EN: ", " + k.EN + "."})
}

// irreproducibleWords tells what comes nearest: another rounding, or what two
// numbers of the text make.
func irreproducibleWords(c rule.PrintedCheck) domain.Text {
	t := domain.Say("与印出的 %s%% 不符，同文所列的数都不是相符的分母", "%s%% is printed, and no number of the text is a denominator that fits", c.Rate)
	if len(c.Fits) > 0 {
		k := c.Fits[0].Label()
		t = both(t, domain.Text{ZH: "；" + k.ZH + "时一致", EN: "; it is that rate " + k.EN})
	}
	for _, d := range c.Denominators {
		if len(d.Candidates) > 0 {
			x := d.Candidates[0]
			t = both(t, domain.Say("；%s = %d 作分母时相符", "; with %s = %d as the denominator it fits", x.MadeOf, x.N))
			break
		}
	}
	return both(t, domain.Text{ZH: "。", EN: "."})
}

// candidateWords names the numbers of the text that fit as denominators.
func candidateWords(c rule.PrintedCheck) (zh, en string) {
	var in [2][]string
	for _, d := range c.Denominators {
		for _, x := range d.Candidates {
			if x.MadeOf != "" {
				continue
			}
			one := domain.Text{ZH: fmt.Sprint(x.N), EN: fmt.Sprint(x.N)}
			if x.Name != "" {
				one = domain.Text{ZH: one.ZH + "（" + x.Name + "）", EN: one.EN + " (" + x.Name + ")"}
			}
			in[0], in[1] = append(in[0], one.ZH), append(in[1], one.EN)
		}
	}
	return strings.Join(in[0], "、"), strings.Join(in[1], ", ")
}

// span writes a range.
func span(r rule.Range, to string) string {
	if r.From == r.To {
		return fmt.Sprint(r.From)
	}
	return fmt.Sprintf("%d %s %d", r.From, to, r.To)
}
