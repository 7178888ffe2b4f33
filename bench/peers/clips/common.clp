; The random numbers of all programs, and the result. `(begin)` lets the last rule of a program wait.
(defglobal ?*state* = 42)
(deffunction next () (bind ?*state* (mod (* ?*state* 48271) 2147483647)) ?*state*)
(deffunction result (?value) (printout t "RESULT " ?value crlf))
