package model

func (c *checker) giveAdvice() {}
