// Package api is the register over HTTP: JSON under /api/v1, its description as
// OpenAPI 3.1, and what an operator asks (health, metrics). Pages, where there
// are any, are mounted beside it.
//
// # Shape
//
// One table of routes. A handler is a function of a context and a typed request
// that returns a typed answer or an error; huma binds it and describes it.
// Writing routes are made from the act tables of the aggregates, so an act that
// exists has a route, a schema and a page in the description.
//
// Around every handler stands one function, server.serve: request id, limits,
// who asks, which representation, what is remembered, the log line. Nothing
// else writes a status.
//
// # Invariants
//
//   - Every read fixes a day and a position before it looks at anything, and says
//     both.
//   - A refusal is a problem (RFC 9457) whose status stands in one table; what is
//     no refusal is the register's own fault and says nothing but the request id.
//   - The actor of an act is made from the token, never from the body.
//   - A remembered answer is used only at the very position of the views at which
//     it was made, on the same day, for the public.
//   - No payload, no personal value and no query string is logged.
package api
