; What every program costs before it does anything.
(deffunction pour (?n) (result none))
