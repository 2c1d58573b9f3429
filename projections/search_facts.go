package projections

import (
	"minglu/domain/institution"
	"minglu/domain/term"
	"minglu/eventstore"
)

// searchFact says what a fact of an institution tells about how it is found.
// A natural person is found under the masked name, which is all that its facts
// hold.
func searchFact(r eventstore.Record) (SearchFact, bool) {
	switch e := r.Event.(type) {
	case institution.Registered:
		f := SearchFact{Name: e.Names[0], Aliases: e.Names[1:]}
		if e.USCC != "" {
			f.Identifiers = []SearchIdentifier{{Field: FieldUSCC, Value: string(e.USCC)}}
		}
		return f, true
	case institution.NameChanged:
		return SearchFact{Name: e.To}, true
	case institution.IdentifierAttached:
		if e.Kind == term.USCCIdentifier {
			return SearchFact{Identifiers: []SearchIdentifier{{Field: FieldUSCC, Value: e.Value}}}, true
		}
		return SearchFact{}, true
	case institution.IdentifierDetached:
		if e.Kind == term.USCCIdentifier {
			return SearchFact{Dropped: []SearchIdentifier{{Field: FieldUSCC, Value: e.Value}}}, true
		}
		return SearchFact{}, true
	case institution.LicenceGranted:
		return licenceFound(string(e.Number)), true
	case institution.ConversionApproved:
		return licenceFound(string(e.NewLicence.Number)), true
	}
	return SearchFact{}, false
}

func licenceFound(number string) SearchFact {
	return SearchFact{Identifiers: []SearchIdentifier{{Field: FieldLicence, Value: number}}}
}
