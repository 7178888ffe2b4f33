; CLIPS has no solutions in solutions: the name of each is a key here, and the salience says that the sum
; comes when nothing else can happen.
(defglobal ?*sum* = 0)
(defrule smaller-goes (declare (salience 1))
  ?a <- (e ?s ?x) ?b <- (e ?s ?y&:(>= ?x ?y)) (test (neq ?a ?b))
  => (retract ?b))
(defrule add (e ? ?x) => (bind ?*sum* (+ ?*sum* ?x)))
(defrule out (declare (salience -1)) (begin) => (result ?*sum*))

(deffunction pour (?n)
  (assert (begin))
  (bind ?i 0)
  (loop-for-count (* 20 ?n)
    (assert (e ?i (mod (next) 1000000)))
    (bind ?i (mod (+ ?i 1) ?n))))
