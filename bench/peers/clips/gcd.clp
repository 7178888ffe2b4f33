(defrule zero-goes (declare (salience 2)) ?a <- (n 0) => (retract ?a))
(defrule subtract (declare (salience 1))
  ?a <- (n ?x) ?b <- (n ?y&:(<= ?x ?y)) (test (neq ?a ?b))
  => (retract ?b) (assert (n (- ?y ?x))))
(defrule out (n ?x) => (result ?x))

(deffunction pour (?n) (loop-for-count ?n (assert (n (* 6 (+ 1 (mod (next) 1000)))))))
