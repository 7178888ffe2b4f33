:- include(common).
:- chr_constraint
     task(+int, +int, +int), value(+int, +int), finished(+int, +int), link(+int, +int),
     count(+int, +int), get(?any).

task(T, K, A), value(T, V) <=> K > 0 | K1 is K - 1, A1 is (A + V) mod 1000003, task(T, K1, A1).
task(T, 0, A) <=> B is A + 1, finished(T, B).
finished(T, V) \ link(T, U) <=> value(U, V).
count(C, Q), finished(_, V) <=> C1 is C + 1, Q1 is (Q + V) mod 1000003, count(C1, Q1).
count(C, Q), get(R) <=> R = C-Q.

pour(N, N, _) :- !.
pour(I, N, S) :-
  next(S, T), next(T, U), next(U, V), A is T mod I, B is U mod I, C is V mod I,
  task(I, 3, 0), link(A, I), link(B, I), link(C, I), J is I + 1, pour(J, N, V).

main :- size(N), pour(1, N, 42), task(0, 0, 0), count(0, 0), get(R), done(R).
