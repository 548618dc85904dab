package method

// A Rosenbrock is a linearly implicit Runge-Kutta method: each stage solves one linear system
// with the matrix J of the slopes by the stocks. In the form of Hairer and Wanner, Solving
// Ordinary Differential Equations II, section IV.7, stage i of a step h from (t, y) is U_i of
//
//	(1/(h Gamma) - J) U_i = f(t + C[i] h, y + sum of A[i][j] U_j) + sum of M[i][j]/h U_j + h D[i] df/dt
//
// and the step is the sum of B[i] U_i. The last stage alone is the estimate of the error, the
// difference from the embedded method of one order less.
//
// A and M have one row per stage, row i with i entries; B, C and D one entry per stage.
type Rosenbrock struct {
	Gamma   float64
	A, M    [][]float64
	B, C, D []float64
	// Dense has one row per power of the solution within a step, one entry per stage: at the
	// share s of the step it is y + s*(dy + (1-s)*(d0 + s*(d1 + s*d2))), where dy is the
	// whole step and d_k the sum of Dense[k][i] U_i.
	Dense [][]float64
}

// rodas5p is the method of Steinebach, Construction of Rosenbrock-Wanner method Rodas5P and
// numerical benchmarks within the Julia Differential Equations package, BIT Numerical
// Mathematics 63:27 (2023), with the coefficients printed there, transformed as above. It is
// of order 5 (4), L-stable and stiffly accurate, and made for fast parts that follow a moving goal
// (the problem of Prothero and Robinson), which goal gaps are.
var rodas5p = &Rosenbrock{
	Gamma: 0.21193756319429014,
	A: [][]float64{
		{},
		{3},
		{2.849394379747939, 0.45842242204463923},
		{-6.954028509809101, 2.489845061869568, -10.358996098473584},
		{2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641},
		{-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
			0.030198172008377946},
		{-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
			0.030198172008377946, 1},
		{-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
			0.030198172008377946, 1, 1},
	},
	M: [][]float64{
		{},
		{-14.155112264123755},
		{-17.97296035885952, -2.859693295451294},
		{147.12150275711716, -1.41221402718213, 71.68940251302358},
		{165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306},
		{24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125,
			-0.6610691825249471},
		{30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783,
			-19.097331116725623, -28.087943162872662},
		{37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047,
			-40.06618937091002, -54.66780262877968, -9.48861652309627},
	},
	B: []float64{-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
		0.030198172008377946, 1, 1, 1},
	C: []float64{0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1, 1, 1},
	D: []float64{0.21193756319429014, -0.42387512638858027, -0.3384627126235924, 1.8046452872882734,
		2.325825639765069, 0, 0, 0},
	Dense: [][]float64{
		{25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204,
			0.524948541321073, 1.1241088310450404, 0.4272876194431874, -0.17202221070155493},
		{-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796,
			20.176138334709044, 15.98066361424651, -6.789040303419874, -6.710236069923372},
		{11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643,
			-52.072871366152654, -59.78993625266729, -0.15582684282751913, 4.883087185713722},
	},
}
