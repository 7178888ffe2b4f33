:- include(common).
:- chr_constraint n(+int), count(+int), get(-int).

n(X) \ n(Y) <=> Y mod X =:= 0 | true.
count(C), n(_) <=> D is C + 1, count(D).
count(C), get(R) <=> R = C.

pour(I, N) :- I > N, !.
pour(I, N) :- n(I), J is I + 1, pour(J, N).

main :- size(N), pour(2, N), count(0), get(R), done(R).
