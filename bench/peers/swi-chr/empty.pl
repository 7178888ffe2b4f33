% What every program costs before it does anything.
:- include(common).
:- chr_constraint nothing.

main :- size(_), done(none).
