package model

func (c *checker) resolve() {}
