(defrule add (declare (salience 1))
  ?a <- (n ?x) ?b <- (n ?y) (test (neq ?a ?b))
  => (retract ?a ?b) (assert (n (+ ?x ?y))))
(defrule out (n ?x) => (result ?x))

(deffunction pour (?n) (loop-for-count ?n (assert (n (mod (next) 1000)))))
