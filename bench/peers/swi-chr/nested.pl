% CHR has no solutions in solutions: the name of each is a key here. CHR does not see that one is inert
% either: `main` adds the sum only when all is poured.
:- include(common).
:- chr_constraint e(+int, +int), sum(+int), get(-int).

e(S, X) \ e(S, Y) <=> X >= Y | true.
sum(C), e(_, X) <=> D is C + X, sum(D).
sum(C), get(R) <=> R = C.

pour(0, _, _, _) :- !.
pour(K, N, I, S) :-
  next(S, T), V is T mod 1000000, e(I, V), M is K - 1, I1 is (I + 1) mod N, pour(M, N, I1, T).

main :- size(N), K is 20 * N, pour(K, N, 0, 42), sum(0), get(R), done(R).
