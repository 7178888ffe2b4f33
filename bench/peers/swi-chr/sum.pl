:- include(common).
:- chr_constraint n(+int), get(-int).

n(X), n(Y) <=> Z is X + Y, n(Z).
get(R), n(X) <=> R = X.

pour(0, _) :- !.
pour(N, S) :- next(S, T), V is T mod 1000, n(V), M is N - 1, pour(M, T).

main :- size(N), pour(N, 42), get(R), done(R).
