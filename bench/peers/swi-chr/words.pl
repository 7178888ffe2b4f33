:- include(common).
:- chr_constraint w(+int, +int), count(+int, +int), get(?any).

w(A, N), w(A, M) <=> K is N + M, w(A, K).
count(C, Q), w(_, D) <=> C1 is C + 1, Q1 is Q + D * D, count(C1, Q1).
count(C, Q), get(R) <=> R = C-Q.

pour(0, _, _) :- !.
pour(E, W, S) :- next(S, T), A is T mod W, w(A, 1), F is E - 1, pour(F, W, T).

main :- size(N), W is max(1, N // 10), pour(N, W, 42), count(0, 0), get(R), done(R).
