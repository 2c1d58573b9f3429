package ident

import (
	"strings"
	"unicode/utf8"
)

// twoCharacterSurnames are the common surnames of two characters.
var twoCharacterSurnames = strings.Fields(
	"欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 独孤 南宫 轩辕 呼延 钟离 申屠 澹台 公冶 太史 淳于 单于 濮阳 完颜 赫连 闻人 百里 东郭 西门 拓跋 纳兰 第五 左丘 谷梁 梁丘 公羊 鲜于 司寇 子车 颛孙 巫马 漆雕 乐正 壤驷 宰父 夹谷")

// MaskName is how the name of a natural person is shown: the surname and a
// star. A masked name masks to itself.
func MaskName(name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	for _, s := range twoCharacterSurnames {
		if strings.HasPrefix(name, s) && len(name) > len(s) {
			return s + "*"
		}
	}
	_, n := utf8.DecodeRuneInString(name)
	return name[:n] + "*"
}

// MaskAddress is how the address of a natural person is shown: down to the
// street, township or village, without a number.
func MaskAddress(address string) string {
	end := 0
	for _, s := range []string{"街道", "镇", "乡", "区", "县", "市", "省"} {
		if i := strings.LastIndex(address, s); i >= 0 {
			end = i + len(s)
			break
		}
	}
	if end == 0 {
		return "（不公开）"
	}
	return strings.TrimRight(address[:end], "0123456789０１２３４５６７８９")
}
