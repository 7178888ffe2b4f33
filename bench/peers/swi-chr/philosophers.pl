:- include(common).
:- chr_constraint think(+int, +int, +int), eat(+int, +int, +int), fork(+int), count(+int, +int), get(?any).

think(I, J, C), fork(I), fork(J) <=> C > 0 | eat(I, J, C).
eat(I, J, C) <=> D is C - 1, think(I, J, D), fork(I), fork(J).
count(C, Q), think(_, _, 0) <=> C1 is C + 1, count(C1, Q).
count(C, Q), fork(_) <=> Q1 is Q + 1, count(C, Q1).
count(C, Q), get(R) <=> R = C-Q.

seats(N, N) :- !.
seats(I, N) :- J is (I + 1) mod N, think(I, J, 10), I1 is I + 1, seats(I1, N).

forks(N, N) :- !.
forks(I, N) :- fork(I), I1 is I + 1, forks(I1, N).

main :- size(N), seats(0, N), forks(0, N), count(0, 0), get(R), done(R).
