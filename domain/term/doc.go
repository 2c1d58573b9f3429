// Package term holds the closed lists of codes of the register: each code in
// lower snake_case with its Chinese and English label. Pages, files, the API
// and refusals take their words from these lists alone. A code is never
// renamed, reused or changed in meaning.
package term
