:- include(common).
:- chr_constraint n(+int), get(-int).

n(0) <=> true.
n(X) \ n(Y) <=> X =< Y | Z is Y - X, n(Z).
get(R), n(X) <=> R = X.

pour(0, _) :- !.
pour(N, S) :- next(S, T), V is 6 * (1 + T mod 1000), n(V), M is N - 1, pour(M, T).

main :- size(N), pour(N, 42), get(R), done(R).
