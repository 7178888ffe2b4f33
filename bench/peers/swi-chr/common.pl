% The random numbers of all programs, the argument, and the result.
:- use_module(library(chr)).
:- chr_option(debug, off).
:- chr_option(optimize, full).

next(S, T) :- T is S * 48271 mod 2147483647.

size(N) :- current_prolog_flag(argv, Arguments), last(Arguments, Text), atom_number(Text, N).

done(Result) :- format("RESULT ~w~n", [Result]), halt.
