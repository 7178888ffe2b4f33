:- include(common).
:- chr_constraint edge(+int, +int, +int), dist(+int, +int), count(+int, +int), get(?any).

dist(A, D) \ dist(A, E) <=> D =< E | true.
dist(A, D), edge(A, B, W) ==> E is D + W, dist(B, E).
count(C, Q), dist(_, D) <=> C1 is C + 1, Q1 is Q + D, count(C1, Q1).
count(C, Q), get(R) <=> R = C-Q.

pour(0, _, _) :- !.
pour(E, N, S) :-
  next(S, T), next(T, U), next(U, V), A is T mod N, B is U mod N, W is 1 + V mod 100,
  edge(A, B, W), F is E - 1, pour(F, N, V).

main :- size(N), E is 4 * N, pour(E, N, 42), dist(0, 0), count(0, 0), get(R), done(R).
