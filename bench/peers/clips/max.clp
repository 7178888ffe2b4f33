(defrule smaller-goes (declare (salience 1))
  ?a <- (n ?x) ?b <- (n ?y&:(>= ?x ?y)) (test (neq ?a ?b))
  => (retract ?b))
(defrule out (n ?x) => (result ?x))

(deffunction pour (?n) (loop-for-count ?n (assert (n (next)))))
