// Package html shows the register to people: plain pages in Chinese, rendered
// on the server from the same views as the data under /api/v1, without script
// and without anything fetched from another host.
//
// # Shape
//
// A page is a struct that embeds Frame and names its template; templates and
// the style sheet are embedded in the program. A handler reads the request into
// a visit, makes the struct and returns it, or returns an error; one place turns
// either into an answer.
//
// # Invariants
//
//   - Every page is worked out at one position of the log, the least of the views
//     it may read, and as of one day; it prints both, and its links keep them
//     where the reader chose them.
//   - What may be published is decided as of today, whatever day or position is
//     asked for.
//   - Names and free text reach a page through html/template alone. The only
//     ready-made markup is made of digits (see day and date).
package html
