:- include(common).
:- chr_constraint a(+int, +int), sum(+int), get(-int).

a(I, V), a(J, W) <=> I < J, V > W | a(I, W), a(J, V).
sum(C), a(I, V) <=> D is (C + I * V) mod 1000000007, sum(D).
sum(C), get(R) <=> R = C.

pour(N, N, _) :- !.
pour(I, N, S) :- next(S, T), a(I, T), J is I + 1, pour(J, N, T).

main :- size(N), pour(0, N, 42), sum(0), get(R), done(R).
