package model

func (c *checker) collect() {}
