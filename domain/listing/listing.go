package listing

import (
	"fmt"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "listing", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case ListWhite:
		return decideWhite(s, on, c)
	case RemoveWhite:
		if _, ok := s.White(on); !ok {
			return nil, notListed(term.White, on)
		}
		return []Event{WhiteRemoved(c)}, nil
	case PutUnderWatch:
		return decideWatch(s, on, c)
	case TakeOffWatch:
		if _, ok := s.Watch(on); !ok {
			return nil, notListed(term.Watch, on)
		}
		return []Event{TakenOffWatch(c)}, nil
	case ServeBlackNotice:
		return decideNotice(s, on, c)
	case RecordStatement:
		return decideStatement(s, on, c)
	case WaiveStatement:
		return decideWaiver(s, on)
	case ListBlack:
		return decideBlack(s, m, on, c)
	case ServeDecision:
		return decideService(s, on, c)
	case RemoveBlack:
		return decideRemoval(s, on, c)
	case ApplyCreditRepair:
		return decideApplication(s, m, on, c)
	case GrantCreditRepair:
		return decideGrantRepair(s, on, c)
	case RefuseCreditRepair:
		return decideRefuseRepair(s, on, c)
	case Propose:
		return decideProposal(s, m, on, c)
	case DismissProposal:
		return decideDismissal(s, on, c)
	case MissDeadline:
		return decideMiss(s, on, c)
	case Correct:
		return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, rule.FrozenPeriods))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	panic(fmt.Sprintf("listing does not know the command %T", c))
}

// known refuses a listing of who is not in the register on the day.
func (a About) known() error {
	if a.Subject.Known {
		return nil
	}
	return domain.Refuse(domain.NotFound, rule.Registered, domain.Say(
		"当日名录中没有这个机构或个人", "the register has no such institution or person on the day"))
}

func notListed(list term.ListName, on calendar.Day) error {
	return domain.Refuse(domain.Conflict, rule.OneStanding, domain.Say(
		"%[2]s 当日不在%[1]s", "it is not on the %[3]s on %[2]s", list.Label().ZH, on, list.Label().EN))
}
