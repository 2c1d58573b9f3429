// Package division knows the administrative divisions of China at province,
// prefecture and county level by their codes (GB/T 2260), with the days on
// which codes began and ended.
//
// The table is that of the statistics office of [TableVersion], with the codes
// that began or ended between 2015 and early 2018 taken from the lists of the
// Ministry of Civil Affairs; their days are those of the lists, and the legal
// day may be some weeks earlier. Codes that ended before 2015 and most of those
// that ended between 2018 and the cut-off are missing. So a code that is
// [Unknown] is not thereby wrong.
//
// What belongs to what is told by the parent of a code, never by cutting its
// digits: 110100, 500100 or 419000 only group codes and are no places.
package division

// TableVersion names the table, by its cut-off day. Facts that rest on a
// division record it.
const TableVersion = "2023-06-30"
