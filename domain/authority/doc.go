// Package authority says who may do which act, as data: a competence is what an
// act needs, and the table says which departments have it and from which role
// on. What is not in the table is denied.
package authority
