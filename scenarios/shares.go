package scenarios

// Shares of an outcome's size that decide on words.
const (
	// rounding is the share of a series' magnitude below which a difference is
	// never stated: the tolerance of the adaptive method, far above floating point
	// noise and far below any difference worth stating.
	rounding = 1e-6
	// shallow is the share of the largest difference below which a stretch in the
	// other direction is not called worse-before-better: no chart shows it.
	shallow = 0.01
	// SlightShare is the share of an outcome's level below which a difference is real in
	// the model but too small to matter to anybody.
	SlightShare = 0.001
	// VisibleShare is the share of an outcome's largest value with no new decisions, and of
	// a cost's last difference, from which a difference shows.
	VisibleShare = 0.005
	// still is the share of the largest difference within which a swinging one has settled.
	still = 0.05
)
