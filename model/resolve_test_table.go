package model

func (r *resolver) checkTest(t *Test) {}
