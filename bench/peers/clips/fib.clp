(defrule split (declare (salience 2))
  ?a <- (f ?n&:(> ?n 1)) => (retract ?a) (assert (f (- ?n 1)) (f (- ?n 2))))
(defrule leaf (declare (salience 2)) ?a <- (f ?n&:(<= ?n 1)) => (retract ?a) (assert (s ?n)))
(defrule add (declare (salience 3))
  ?a <- (s ?x) ?b <- (s ?y) (test (neq ?a ?b))
  => (retract ?a ?b) (assert (s (+ ?x ?y))))
(defrule out (s ?x) => (result ?x))

(deffunction pour (?n) (assert (f ?n)))
