//go:build linux || darwin || freebsd || windows

#include "textflag.h"

// func enter(at *byte, v, pool *float64, segments *int32, slopes *float64) int
TEXT ·enter(SB), NOSPLIT, $0-48
	MOVQ at+0(FP), AX
	MOVQ v+8(FP), DI
	MOVQ pool+16(FP), SI
	MOVQ segments+24(FP), DX
	MOVQ slopes+32(FP), BX
	CALL AX
	VZEROUPPER
	MOVQ AX, ret+40(FP)
	RET
