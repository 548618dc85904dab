package benchmodels

import "weir/model/numeric/maths"

// workforce is the state of the medium model.
type workforce struct {
	workforceConstants

	preschoolChildren       float64
	primaryPupils           float64
	secondaryPupils         float64
	traineeTeachers         float64
	earlyCareerTeachers     float64
	midCareerTeachers       float64
	seniorTeachers          float64
	schoolLeaders           float64
	unfilledPosts           float64
	agencyTeachers          float64
	supportStaff            float64
	teacherPayIndex         float64
	marketPayIndex          float64
	budgetReserve           float64
	staffFatigue            float64
	schoolReputation        float64
	classroomPlaces         float64
	placesUnderConstruction float64
	markingBacklog          float64
	teachingSkill           float64

	perceivedPupilsPerTeacher float64
	perceivedOutcome          float64
	pupilMigrationDelay       delay3
	fundedTrainingPlacesDelay delay3
	traineeQualificationDelay delay3
	placesCompletedDelay      delay3
}

// medium returns the model of 20 stocks and 92 equations: a school system with its workforce.
func medium() Model {
	return Model{
		Name: "medium", TOML: mediumTOML,
		Names: []string{
			"preschool_children",
			"primary_pupils",
			"secondary_pupils",
			"trainee_teachers",
			"early_career_teachers",
			"mid_career_teachers",
			"senior_teachers",
			"school_leaders",
			"unfilled_posts",
			"agency_teachers",
			"support_staff",
			"teacher_pay_index",
			"market_pay_index",
			"budget_reserve",
			"staff_fatigue",
			"school_reputation",
			"classroom_places",
			"places_under_construction",
			"marking_backlog",
			"teaching_skill",
			"perceived_pupils_per_teacher",
			"perceived_outcome",
		},
		Hand: func() [][]float64 {
			s := newWorkforce()
			return simulate(s.advance, s.row)
		},
	}
}

// newWorkforce returns the state at the start, with the numbers of the TOML text.
func newWorkforce() *workforce {
	s := &workforce{
		workforceConstants: workforceDefaults,

		preschoolChildren:       24000,
		primaryPupils:           41000,
		secondaryPupils:         33000,
		traineeTeachers:         620,
		earlyCareerTeachers:     1100,
		midCareerTeachers:       1700,
		seniorTeachers:          1200,
		schoolLeaders:           390,
		unfilledPosts:           120,
		agencyTeachers:          90,
		supportStaff:            1700,
		teacherPayIndex:         1,
		marketPayIndex:          1,
		budgetReserve:           60000,
		staffFatigue:            1,
		schoolReputation:        1,
		classroomPlaces:         82000,
		placesUnderConstruction: 2400,
		markingBacklog:          5600,
		teachingSkill:           1,
	}
	s.settle()
	return s
}

// row returns the stocks in the order of the columns.
func (s *workforce) row() []float64 {
	return []float64{
		s.preschoolChildren,
		s.primaryPupils,
		s.secondaryPupils,
		s.traineeTeachers,
		s.earlyCareerTeachers,
		s.midCareerTeachers,
		s.seniorTeachers,
		s.schoolLeaders,
		s.unfilledPosts,
		s.agencyTeachers,
		s.supportStaff,
		s.teacherPayIndex,
		s.marketPayIndex,
		s.budgetReserve,
		s.staffFatigue,
		s.schoolReputation,
		s.classroomPlaces,
		s.placesUnderConstruction,
		s.markingBacklog,
		s.teachingSkill,
		s.perceivedPupilsPerTeacher,
		s.perceivedOutcome,
	}
}

// settle starts beliefs and delays in balance with their inputs.
func (s *workforce) settle() {
	totalPupils := s.primaryPupils + s.secondaryPupils
	placeAvailability := s.classroomPlaces / totalPupils
	indicatedMigration := s.referenceMigration * maths.Pow(s.schoolReputation, s.migrationElasticity) * min(1,
		max(0, 4*(placeAvailability-0.85)))
	s.pupilMigrationDelay.settle(indicatedMigration, s.migrationDelay)
	permanentTeachers := s.earlyCareerTeachers + s.midCareerTeachers + s.seniorTeachers
	teachersInClass := permanentTeachers + s.agencyTeachers
	pupilsPerTeacher := totalPupils / teachersInClass
	s.perceivedPupilsPerTeacher = pupilsPerTeacher
	perceivedPupilsPerTeacher := s.perceivedPupilsPerTeacher
	salaryCost := s.averageTeacherCost * s.teacherPayIndex * (permanentTeachers + 1.5*s.schoolLeaders +
		s.agencyPriceFactor*s.agencyTeachers + 0.45*s.supportStaff)
	otherCost := totalPupils * s.otherCostPerPupil * s.marketPayIndex
	monthlyCost := (salaryCost + otherCost) / 12
	reserveCover := s.budgetReserve / monthlyCost
	hiringBudgetEffect := between(reserveHiringTable, reserveCover)
	desiredTeachers := totalPupils / s.targetPupilsPerTeacher * hiringBudgetEffect
	teacherShortfall := desiredTeachers - permanentTeachers
	indicatedTrainingPlaces := s.baseTrainingPlaces * max(0.5, min(1.6, 1+2*teacherShortfall/desiredTeachers))
	s.fundedTrainingPlacesDelay.settle(indicatedTrainingPlaces, s.budgetApprovalTime)
	fundedTrainingPlaces := s.fundedTrainingPlacesDelay.out(s.budgetApprovalTime)
	relativePay := s.teacherPayIndex / s.marketPayIndex
	effectOfPayOnApplications := maths.Pow(relativePay, s.payElasticityOfApplications)
	effectOfWorkloadOnApplications := maths.Exp(-s.workloadSensitivity * (s.staffFatigue - 1))
	applicants := s.referenceApplicants * effectOfPayOnApplications * effectOfWorkloadOnApplications * maths.Pow(s.schoolReputation, 0.5)
	traineeEnrolment := min(applicants, fundedTrainingPlaces)
	trainingDropout := traineeEnrolment * s.trainingDropoutFraction
	traineesWhoStay := traineeEnrolment - trainingDropout
	s.traineeQualificationDelay.settle(traineesWhoStay, s.trainingTime)
	classSizeRatio := perceivedPupilsPerTeacher / s.targetPupilsPerTeacher
	effectOfClassSizeOnQuality := between(classSizeQualityTable, classSizeRatio)
	effectOfSkillOnQuality := between(skillQualityTable, s.teachingSkill)
	teachingQuality := effectOfClassSizeOnQuality * effectOfSkillOnQuality / maths.Pow(s.staffFatigue, 0.4)
	crowdingOfPlaces := totalPupils / s.classroomPlaces
	pupilOutcome := teachingQuality / (1 + maths.Exp(-6*(1.5-crowdingOfPlaces)))
	s.perceivedOutcome = pupilOutcome
	desiredPlaces := totalPupils * 1.04
	placesRetired := s.classroomPlaces / s.placesLifetime
	reservePayEffect := min(1, max(0, reserveCover/s.reserveTargetMonths))
	buildingStarts := max(0, (desiredPlaces-s.classroomPlaces-s.placesUnderConstruction)/s.placeAdjustmentTime+placesRetired) * reservePayEffect
	s.placesCompletedDelay.settle(buildingStarts, s.constructionTime)
}

// advance is one step: first the flows, then the stocks.
func (s *workforce) advance(t float64) {
	births := s.referenceBirths * maths.Exp(s.birthTrend*t) * (1 +
		s.birthCycleAmplitude*maths.Sin(6.283185307*t/s.birthCyclePeriod))
	schoolEntry := s.preschoolChildren / s.preschoolYears
	transferToSecondary := s.primaryPupils / s.primaryYears
	secondaryGraduation := s.secondaryPupils / s.secondaryYears
	perceivedOutcome := s.perceivedOutcome
	earlyLeavingRate := s.referenceEarlyLeavingRate * maths.Exp(1-perceivedOutcome)
	earlyLeaving := s.secondaryPupils * earlyLeavingRate
	totalPupils := s.primaryPupils + s.secondaryPupils
	placeAvailability := s.classroomPlaces / totalPupils
	crowdingOfPlaces := totalPupils / s.classroomPlaces
	indicatedMigration := s.referenceMigration * maths.Pow(s.schoolReputation, s.migrationElasticity) * min(1,
		max(0, 4*(placeAvailability-0.85)))
	pupilMigration := s.pupilMigrationDelay.out(s.migrationDelay)
	primaryMigration := pupilMigration * s.primaryShareOfMigrants
	secondaryMigration := pupilMigration - primaryMigration
	permanentTeachers := s.earlyCareerTeachers + s.midCareerTeachers + s.seniorTeachers
	effectiveTeachers := 0.85*s.earlyCareerTeachers + s.midCareerTeachers + 1.1*s.seniorTeachers + 0.7*s.agencyTeachers
	teachersInClass := permanentTeachers + s.agencyTeachers
	pupilsPerTeacher := totalPupils / teachersInClass
	perceivedPupilsPerTeacher := s.perceivedPupilsPerTeacher
	classSizeRatio := perceivedPupilsPerTeacher / s.targetPupilsPerTeacher
	salaryCost := s.averageTeacherCost * s.teacherPayIndex * (permanentTeachers + 1.5*s.schoolLeaders +
		s.agencyPriceFactor*s.agencyTeachers + 0.45*s.supportStaff)
	otherCost := totalPupils * s.otherCostPerPupil * s.marketPayIndex
	monthlyCost := (salaryCost + otherCost) / 12
	reserveCover := s.budgetReserve / monthlyCost
	hiringBudgetEffect := between(reserveHiringTable, reserveCover)
	desiredTeachers := totalPupils / s.targetPupilsPerTeacher * hiringBudgetEffect
	teacherShortfall := desiredTeachers - permanentTeachers
	vacancyRate := s.unfilledPosts / (permanentTeachers + s.unfilledPosts)
	shareOfEarlyCareer := s.earlyCareerTeachers / permanentTeachers
	relativePay := s.teacherPayIndex / s.marketPayIndex
	effectOfPayOnApplications := maths.Pow(relativePay, s.payElasticityOfApplications)
	effectOfPayOnAttrition := between(payAttritionTable, relativePay)
	payPressure := vacancyRate*1.5 + 0.3*(1-relativePay)
	reservePayEffect := min(1, max(0, reserveCover/s.reserveTargetMonths))
	affordablePayChange := min(s.maximumPayAdjustment, max(-0.01, payPressure*reservePayEffect))
	payChange := s.teacherPayIndex * affordablePayChange / s.payReviewTime
	marketPayChange := s.marketPayIndex * s.marketPayGrowth
	effectOfWorkloadOnApplications := maths.Exp(-s.workloadSensitivity * (s.staffFatigue - 1))
	applicants := s.referenceApplicants * effectOfPayOnApplications * effectOfWorkloadOnApplications * maths.Pow(s.schoolReputation, 0.5)
	fundedTrainingPlaces := s.fundedTrainingPlacesDelay.out(s.budgetApprovalTime)
	indicatedTrainingPlaces := s.baseTrainingPlaces * max(0.5, min(1.6, 1+2*teacherShortfall/desiredTeachers))
	traineeEnrolment := min(applicants, fundedTrainingPlaces)
	trainingDropout := traineeEnrolment * s.trainingDropoutFraction
	traineesWhoStay := traineeEnrolment - trainingDropout
	traineeQualification := s.traineeQualificationDelay.out(s.trainingTime)
	qualifiedApplicants := traineeQualification * s.joiningFraction
	effectOfFatigueOnAttrition := between(fatigueAttritionTable, s.staffFatigue)
	attritionMultiplier := effectOfFatigueOnAttrition * effectOfPayOnAttrition
	earlyAttrition := s.earlyCareerTeachers * s.baseEarlyAttrition * attritionMultiplier
	midAttrition := s.midCareerTeachers * s.baseMidAttrition * attritionMultiplier
	seniorAttrition := s.seniorTeachers * s.baseSeniorAttrition * effectOfFatigueOnAttrition
	seniorRetirement := s.seniorTeachers / s.seniorCareerYears
	totalAttrition := earlyAttrition + midAttrition + seniorAttrition + seniorRetirement
	postCreation := max(0, teacherShortfall/s.advertTime/4) + totalAttrition
	postFillingPull := s.unfilledPosts / s.hiringTime
	newTeacherHiring := min(postFillingPull, qualifiedApplicants)
	returnerHiring := max(0, postFillingPull-newTeacherHiring) * 0.25 * effectOfPayOnApplications
	postFilling := newTeacherHiring + returnerHiring
	postLapsing := s.unfilledPosts * max(0, min(1,
		0.4+s.unfilledPosts/permanentTeachers-teacherShortfall/desiredTeachers))
	earlyPromotion := s.earlyCareerTeachers / s.earlyCareerYears
	midPromotion := s.midCareerTeachers / s.midCareerYears
	leaderRetirement := s.schoolLeaders / s.leaderYears
	leadershipPromotion := min(s.seniorTeachers*s.leadershipPromotionRate*2,
		max(0, leaderRetirement+(totalPupils/s.pupilsPerLeader-s.schoolLeaders)/2))
	agencyUse := between(agencyUseTable, vacancyRate)
	agencyHiring := max(0, s.unfilledPosts*agencyUse-s.agencyTeachers) / s.agencyArrivalTime
	agencyLeaving := s.agencyTeachers / s.agencyContractTime
	supportHiring := (totalPupils/s.pupilsPerSupportWorker*hiringBudgetEffect - s.supportStaff) / s.supportAdjustmentTime
	markingLoad := s.markingBacklog / (effectiveTeachers * s.normalBacklogPerTeacher)
	workloadPressure := classSizeRatio * maths.Pow(markingLoad, s.deskExponent)
	fatigueChange := (workloadPressure - s.staffFatigue) / s.fatigueBuildTime
	backlogCreation := totalPupils * s.backlogCreationPerPupil
	backlogClearing := effectiveTeachers * s.backlogClearingProductivity * (1 - maths.Exp(-s.learningCurveStrength*markingLoad)) * s.teachingSkill
	skillGain := (1 - shareOfEarlyCareer) * (1.5 - s.teachingSkill) / s.skillGainTime
	skillErosion := s.teachingSkill * s.skillLossRate * s.staffFatigue
	effectOfClassSizeOnQuality := between(classSizeQualityTable, classSizeRatio)
	effectOfSkillOnQuality := between(skillQualityTable, s.teachingSkill)
	teachingQuality := effectOfClassSizeOnQuality * effectOfSkillOnQuality / maths.Pow(s.staffFatigue, 0.4)
	pupilOutcome := teachingQuality / (1 + maths.Exp(-6*(1.5-crowdingOfPlaces)))
	reputationChange := (perceivedOutcome - s.schoolReputation) / s.reputationAdjustmentTime
	income := totalPupils * s.fundingPerPupil * maths.Pow(s.teacherPayIndex, 0.9)
	desiredPlaces := totalPupils * 1.04
	placesRetired := s.classroomPlaces / s.placesLifetime
	buildingStarts := max(0, (desiredPlaces-s.classroomPlaces-s.placesUnderConstruction)/s.placeAdjustmentTime+placesRetired) * reservePayEffect
	buildingCost := buildingStarts * s.buildingCostPerPlace
	netIncome := income - salaryCost - otherCost - buildingCost
	placesCompleted := s.placesCompletedDelay.out(s.constructionTime)

	s.preschoolChildren += step * (births - schoolEntry)
	s.primaryPupils += step * (schoolEntry + primaryMigration - transferToSecondary)
	s.secondaryPupils += step * (transferToSecondary + secondaryMigration - secondaryGraduation - earlyLeaving)
	s.traineeTeachers += step * (traineeEnrolment - trainingDropout - traineeQualification)
	s.earlyCareerTeachers += step * (newTeacherHiring - earlyPromotion - earlyAttrition)
	s.midCareerTeachers += step * (earlyPromotion + returnerHiring - midPromotion - midAttrition)
	s.seniorTeachers += step * (midPromotion - leadershipPromotion - seniorAttrition - seniorRetirement)
	s.schoolLeaders += step * (leadershipPromotion - leaderRetirement)
	s.unfilledPosts += step * (postCreation - postFilling - postLapsing)
	s.agencyTeachers += step * (agencyHiring - agencyLeaving)
	s.supportStaff += step * (supportHiring)
	s.teacherPayIndex += step * (payChange)
	s.marketPayIndex += step * (marketPayChange)
	s.budgetReserve += step * (netIncome)
	s.staffFatigue += step * (fatigueChange)
	s.schoolReputation += step * (reputationChange)
	s.classroomPlaces += step * (placesCompleted - placesRetired)
	s.placesUnderConstruction += step * (buildingStarts - placesCompleted)
	s.markingBacklog += step * (backlogCreation - backlogClearing)
	s.teachingSkill += step * (skillGain - skillErosion)
	s.pupilMigrationDelay.take(indicatedMigration, s.migrationDelay)
	s.perceivedPupilsPerTeacher += step * (pupilsPerTeacher - perceivedPupilsPerTeacher) / s.perceptionTime
	s.fundedTrainingPlacesDelay.take(indicatedTrainingPlaces, s.budgetApprovalTime)
	s.traineeQualificationDelay.take(traineesWhoStay, s.trainingTime)
	s.perceivedOutcome += step * (pupilOutcome - perceivedOutcome) / s.outcomeReportingTime
	s.placesCompletedDelay.take(buildingStarts, s.constructionTime)
}
