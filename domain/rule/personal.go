package rule

import "minglu/domain"

// PersonalData keeps names and addresses of natural persons out of the clear:
// a fact holds what may be shown, and the full text sealed.
var PersonalData = domain.Rule{
	ID: "personal-data", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "自然人信息脱敏", EN: "Natural persons are masked"},
	Citation: "个人信息保护法 第六条、第二十八条；政府信息公开条例 第十五条",
}
