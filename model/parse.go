package model

func (c *checker) parse() {}
