:- include(common).
:- chr_constraint n(+int), get(-int).

n(X) \ n(Y) <=> X >= Y | true.
get(R), n(X) <=> R = X.

pour(0, _) :- !.
pour(N, S) :- next(S, T), n(T), M is N - 1, pour(M, T).

main :- size(N), pour(N, 42), get(R), done(R).
