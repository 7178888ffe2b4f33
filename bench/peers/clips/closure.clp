; Facts are a set here: what is there already is not asserted again.
(defglobal ?*count* = 0)
(defrule start (declare (salience 1)) (edge ?a ?b) => (assert (path ?a ?b)))
(defrule step (declare (salience 1)) (path ?a ?b) (edge ?b ?c) => (assert (path ?a ?c)))
(defrule count (path ? ?) => (bind ?*count* (+ ?*count* 1)))
(defrule out (declare (salience -1)) (begin) => (result ?*count*))

(deffunction pour (?n)
  (assert (begin))
  (loop-for-count (* 2 ?n)
    (bind ?a (mod (next) ?n))
    (bind ?b (mod (next) ?n))
    (assert (edge ?a ?b))))
