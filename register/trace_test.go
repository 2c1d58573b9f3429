package register_test

import (
	"errors"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/eventstore/memory"
	"minglu/register"
	"minglu/register/registertest"
)

// prepaid records an order and returns its stream and the id of its institution.
func prepaid(t *testing.T, r *registertest.Register) (stream, school string) {
	t.Helper()
	act := func(name, ref, body string) string {
		t.Helper()
		return r.Do(`{"act":"` + name + `","division":"530427","target":{"ref":"` + ref + `"},"effective":"2026-11-02","body":` + body + `}`).ID
	}
	school = act("institution.register", "A", `{"names":["新平县山水美术培训中心"],"kind":"institution","mode":"offline","address":"平甸路1号","class":"non_subject","categories":["culture_arts"],"audiences":["compulsory"]}`)
	act("escrow.sign-agreement", "Z", `{"institution":{"ref":"A"},"bank":"rcc","bank_name":"新平农村信用社","mode":"bank_custody","size":"small"}`)
	act("escrow.open-account", "Z", `{"masked_number":"3108"}`)
	return "530427.order." + act("order.record", "D", `{"account":{"ref":"Z"},"pupil":"00000000000000000000000000000001","course":"国画","period_from":"2026-11-03","period_to":"2026-12-31","contract":"x","hours":20,"amount_fen":200000}`), school
}

func TestTheCodeOfAnOrderFollowsFromItsStreamAndTheSecret(t *testing.T) {
	r := registertest.New(t)
	stream, _ := prepaid(t, r)
	code, err := r.OrderCode(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		again, err := r.OrderCode(t.Context(), stream)
		if err != nil || again != code {
			t.Errorf("got another code, %v, want the same for ever", err)
		}
	}
	if other, err := r.OrderCode(t.Context(), stream[:len(stream)-1]+"0"); err != nil || other == code {
		t.Errorf("got the same code for another order: %v", err)
	}
	elsewhere := register.New(r.Log, r.Views, new(memory.Keys), r.Now)
	if other, err := elsewhere.OrderCode(t.Context(), stream); err != nil || other == code {
		t.Errorf("got the same code by another secret: %v", err)
	}
	keyless := register.New(r.Log, r.Views, nil, r.Now)
	if _, err := keyless.OrderCode(t.Context(), stream); !errors.Is(err, &domain.Error{Code: domain.Busy}) {
		t.Errorf("got %v without keys, want that it is not possible now", err)
	}
}

func TestAnOrderIsTracedByItsCodeAlone(t *testing.T) {
	r := registertest.New(t)
	stream, school := prepaid(t, r)
	id := strings.TrimPrefix(stream, "530427.order.")
	code, err := r.OrderCode(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	for _, written := range [][2]string{{id, code.Text()}, {" " + strings.ToLower(id) + " ", strings.ToLower(string(code))}} {
		found, err := r.TraceOrder(t.Context(), written[0], written[1])
		if err != nil || found.Stream != stream || len(found.Records) != 1 {
			t.Errorf("got %v, %v, want the order", found, err)
		}
	}
	nowhere, err := r.OrderCode(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]string{
		"another code":     {id, ident.MakeQueryCode([10]byte{9}).Text()},
		"an unknown order": {"01JBR00001ZJBEK0EC3KSYAV2Z", code.Text()},
		"no stream's code": {"01JBR00001ZJBEK0EC3KSYAV2Z", nowhere.Text()},
		"what is no order": {school, code.Text()},
		"what is no id":    {"…", code.Text()},
	} {
		if _, err := r.TraceOrder(t.Context(), c[0], c[1]); !errors.Is(err, &domain.Error{Code: domain.NotFound}) {
			t.Errorf("%s: got %v, want that there is none", name, err)
		}
	}
	_, err = r.TraceOrder(t.Context(), "", "x")
	if e, ok := errors.AsType[*domain.Error](err); !ok || len(e.Fields) != 2 {
		t.Errorf("got %v, want both members at fault", err)
	}
}
