package model

func (c *checker) checkUnits() {}
