:- include(common).
:- chr_constraint f(+int), s(+int), get(-int).

f(N) <=> N > 1 | A is N - 1, B is N - 2, f(A), f(B).
f(N) <=> s(N).
s(X), s(Y) <=> Z is X + Y, s(Z).
get(R), s(X) <=> R = X.

main :- size(N), f(N), get(R), done(R).
