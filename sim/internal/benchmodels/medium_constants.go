package benchmodels

// workforceConstants are the numbers of medium.toml.
type workforceConstants struct {
	payElasticityOfApplications float64
	workloadSensitivity         float64
	trainingTime                float64
	targetPupilsPerTeacher      float64
	fundingPerPupil             float64
	constructionTime            float64
	referenceBirths             float64
	birthTrend                  float64
	agencyPriceFactor           float64
	reputationAdjustmentTime    float64
	birthCycleAmplitude         float64
	birthCyclePeriod            float64
	preschoolYears              float64
	primaryYears                float64
	secondaryYears              float64
	primaryShareOfMigrants      float64
	referenceMigration          float64
	migrationElasticity         float64
	migrationDelay              float64
	referenceEarlyLeavingRate   float64
	referenceApplicants         float64
	baseTrainingPlaces          float64
	trainingDropoutFraction     float64
	joiningFraction             float64
	hiringTime                  float64
	advertTime                  float64
	earlyCareerYears            float64
	midCareerYears              float64
	seniorCareerYears           float64
	baseEarlyAttrition          float64
	baseMidAttrition            float64
	baseSeniorAttrition         float64
	leadershipPromotionRate     float64
	leaderYears                 float64
	pupilsPerLeader             float64
	agencyContractTime          float64
	agencyArrivalTime           float64
	pupilsPerSupportWorker      float64
	supportAdjustmentTime       float64
	payReviewTime               float64
	marketPayGrowth             float64
	maximumPayAdjustment        float64
	averageTeacherCost          float64
	buildingCostPerPlace        float64
	otherCostPerPupil           float64
	reserveTargetMonths         float64
	placeAdjustmentTime         float64
	placesLifetime              float64
	fatigueBuildTime            float64
	perceptionTime              float64
	outcomeReportingTime        float64
	skillGainTime               float64
	skillLossRate               float64
	backlogCreationPerPupil     float64
	backlogClearingProductivity float64
	normalBacklogPerTeacher     float64
	learningCurveStrength       float64
	deskExponent                float64
	budgetApprovalTime          float64
}

var workforceDefaults = workforceConstants{
	payElasticityOfApplications: 1.3,
	workloadSensitivity:         0.8,
	trainingTime:                1.5,
	targetPupilsPerTeacher:      18,
	fundingPerPupil:             5.2,
	constructionTime:            3,
	referenceBirths:             6200,
	birthTrend:                  0.004,
	agencyPriceFactor:           1.6,
	reputationAdjustmentTime:    4,
	birthCycleAmplitude:         0.08,
	birthCyclePeriod:            22,
	preschoolYears:              4,
	primaryYears:                7,
	secondaryYears:              6,
	primaryShareOfMigrants:      0.55,
	referenceMigration:          900,
	migrationElasticity:         1.4,
	migrationDelay:              2,
	referenceEarlyLeavingRate:   0.03,
	referenceApplicants:         520,
	baseTrainingPlaces:          480,
	trainingDropoutFraction:     0.12,
	joiningFraction:             0.82,
	hiringTime:                  0.6,
	advertTime:                  0.25,
	earlyCareerYears:            5,
	midCareerYears:              12,
	seniorCareerYears:           14,
	baseEarlyAttrition:          0.11,
	baseMidAttrition:            0.05,
	baseSeniorAttrition:         0.03,
	leadershipPromotionRate:     0.02,
	leaderYears:                 9,
	pupilsPerLeader:             190,
	agencyContractTime:          0.5,
	agencyArrivalTime:           0.4,
	pupilsPerSupportWorker:      42,
	supportAdjustmentTime:       1.2,
	payReviewTime:               1,
	marketPayGrowth:             0.012,
	maximumPayAdjustment:        0.06,
	averageTeacherCost:          52,
	buildingCostPerPlace:        1.1,
	otherCostPerPupil:           1.05,
	reserveTargetMonths:         2,
	placeAdjustmentTime:         5,
	placesLifetime:              45,
	fatigueBuildTime:            1.5,
	perceptionTime:              1,
	outcomeReportingTime:        2,
	skillGainTime:               8,
	skillLossRate:               0.04,
	backlogCreationPerPupil:     0.12,
	backlogClearingProductivity: 2.6,
	normalBacklogPerTeacher:     1.4,
	learningCurveStrength:       0.7,
	deskExponent:                0.35,
	budgetApprovalTime:          1,
}

var (
	payAttritionTable = []point{{0.4, 2.2}, {0.6, 1.7}, {0.8, 1.3}, {0.9, 1.12}, {1, 1}, {1.1, 0.92},
		{1.3, 0.82}, {1.6, 0.75}}
	fatigueAttritionTable = []point{{0, 0.7}, {0.5, 0.8}, {0.8, 0.92}, {1, 1}, {1.2, 1.15}, {1.5, 1.5},
		{2, 2.1}, {3, 3}}
	agencyUseTable = []point{{0, 0.3}, {0.02, 0.35}, {0.05, 0.5}, {0.1, 0.68}, {0.15, 0.78},
		{0.25, 0.85}, {1, 0.9}}
	classSizeQualityTable = []point{{0.4, 1.12}, {0.7, 1.08}, {0.9, 1.03}, {1, 1}, {1.1, 0.95}, {1.3, 0.84},
		{1.6, 0.7}, {2.2, 0.55}}
	skillQualityTable  = []point{{0, 0.4}, {0.4, 0.62}, {0.7, 0.83}, {1, 1}, {1.2, 1.09}, {1.5, 1.18}, {2, 1.22}}
	reserveHiringTable = []point{{-12, 0.6}, {-3, 0.75}, {-1, 0.86}, {0, 0.93}, {1, 0.97}, {2, 1}, {4, 1.03},
		{8, 1.06}, {16, 1.08}}
)
