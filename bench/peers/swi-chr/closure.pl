:- include(common).
:- chr_constraint edge(+int, +int), path(+int, +int), count(+int), get(-int).

edge(X, Y) \ edge(X, Y) <=> true.
path(X, Y) \ path(X, Y) <=> true.
edge(X, Y) ==> path(X, Y).
path(X, Y), edge(Y, Z) ==> path(X, Z).
count(C), path(_, _) <=> D is C + 1, count(D).
count(C), get(R) <=> R = C.

pour(0, _, _) :- !.
pour(E, N, S) :-
  next(S, T), next(T, U), A is T mod N, B is U mod N,
  edge(A, B), F is E - 1, pour(F, N, U).

main :- size(N), E is 2 * N, pour(E, N, 42), count(0), get(R), done(R).
