package register

import (
	"context"
	"crypto/subtle"
	"errors"
	"strings"
	"time"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/eventstore"
)

// TracedOrder is a prepaid order for who holds its code: all its facts, oldest
// first, with what amends them.
type TracedOrder struct {
	Stream  string
	Records []eventstore.Record
}

// OrderCode returns the code by which a family follows its order, by the stream
// of the order. It follows from the stream and the register's own secret: the same
// order has the same code for ever, and nothing of it is kept. Whether somebody may
// hand it out is not asked here.
//
// Nor is it a fact that it was handed out. The code opens nothing that the family
// does not know from its own contract, whoever sees the order can see all that it
// opens, and a log of families that came to ask would itself tell of them.
func (r *Register) OrderCode(ctx context.Context, stream string) (ident.QueryCode, error) {
	return r.queryCode(ctx, []byte("order/"+stream))
}

// TraceOrder returns the order of an id for who holds its code, once the views know
// the id. An unknown id and a wrong code are refused alike, and after the same time.
func (r *Register) TraceOrder(ctx context.Context, id, code string) (TracedOrder, error) {
	given, err := readTrace(id, code)
	if err != nil {
		return TracedOrder{}, err
	}
	even := time.NewTimer(refusedAfter)
	defer even.Stop()
	stream, err := r.Views.Stream(strings.ToUpper(ident.NormaliseName(id)), Order.Name)
	if err != nil {
		return TracedOrder{}, err
	}
	want, err := r.OrderCode(ctx, stream)
	if err != nil {
		return TracedOrder{}, err
	}
	if subtle.ConstantTimeCompare([]byte(want), []byte(given)) == 1 && stream != "" {
		recs, err := r.Log.Records(ctx, stream)
		return TracedOrder{Stream: stream, Records: recs}, err
	}
	select {
	case <-even.C:
	case <-ctx.Done():
	}
	return TracedOrder{}, &domain.Error{Code: domain.NotFound,
		Text: domain.Say("没有这个订单，或者查询码不对", "there is no such order, or its code is another"),
		Hint: domain.Say("请核对主管部门给您的订单编号和查询码；遗失的，请向它再要一次", "compare both with what the authority gave you; where they are lost, ask it once more")}
}

// readTrace reads id and code as people write them.
func readTrace(id, code string) (ident.QueryCode, error) {
	var faults []domain.Field
	if strings.TrimSpace(id) == "" {
		faults = append(faults, required("/order", "请填写订单编号", "give the id of the order"))
	}
	given, err := ident.ReadQueryCode(code)
	if e, ok := errors.AsType[*domain.Error](domain.At("/code", err)); ok {
		faults = append(faults, e.Fields...)
	}
	if len(faults) == 0 {
		return given, nil
	}
	return "", domain.Fault(domain.Invalid, domain.Say("有 %d 处不能接受", "%d members cannot be taken", len(faults)), faults...)
}
