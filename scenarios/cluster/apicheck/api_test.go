// Package apicheck holds the manifests of Kubernetes against the API's own types. It is a module of
// its own, so that the program's modules stay few.
package apicheck

import (
	"bytes"
	"encoding/json"
	"testing"

	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"

	"weir/scenarios/cluster"
)

// ensemble is many runs in parts, and bundled a command that reads its set again to merge.
var (
	ensemble = cluster.Job{Name: "a-model", Command: "run", Model: "a/b/model.toml", Items: 1000, Unit: "run", Shards: 7, Parallel: 3,
		Format: "parquet", Image: "registry/weir:0.1", Flags: []string{"--runs", "1000", "--set", "$(x)=1"},
		CPUs: 2, Memory: 3 << 30, Storage: 5<<30 + 1, Results: []cluster.Result{{Flag: "-o", Name: "all.parquet"}},
		Files: map[string][]byte{"a/b/model.toml": []byte("m\x00"), "a/data.csv": []byte("d")}}
	bundled = cluster.Job{Name: "bundles-set", Command: "bundles", Model: "a/b/model.toml", Items: 64, Unit: "combination", Shards: 7, Parallel: 3,
		Format: "parquet", Image: "registry/weir:0.1", Flags: []string{"--outcome", "$(x)=1"},
		CPUs: 2, Memory: 3 << 30, Storage: 5<<30 + 1, Results: []cluster.Result{{Flag: "-o", Name: "bundles.html"}},
		Files: map[string][]byte{"a/b/model.toml": []byte("m\x00"), "a/data.csv": []byte("d")}}
)

// Every key of the manifests is one of the API, with a value of its type, and the Job says what the
// job asks for.
func TestManifestsAreOfTheAPI(t *testing.T) {
	for _, j := range []*cluster.Job{&ensemble, &bundled} {
		t.Run(j.Command, func(t *testing.T) { manifests(t, j) })
	}
}

// manifests checks the files of a job.
func manifests(t *testing.T, j *cluster.Job) {
	files, err := j.For("kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	var run, merge batch.Job
	var volume core.PersistentVolumeClaim
	var model core.ConfigMap
	for name, to := range map[string]any{"run.json": &run, "merge.json": &merge, "volume.json": &volume, "model.json": &model} {
		d := json.NewDecoder(bytes.NewReader(files[name]))
		d.DisallowUnknownFields()
		if err := d.Decode(to); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := run.Spec
	if run.Kind != "Job" || *s.Completions != 7 || *s.Parallelism != 3 || *s.CompletionMode != batch.IndexedCompletion || *s.BackoffLimitPerIndex != 3 {
		t.Errorf("the job is %+v", s)
	}
	if s.Template.Spec.RestartPolicy != core.RestartPolicyNever { // a pod failure policy wants it
		t.Errorf("restart policy %s", s.Template.Spec.RestartPolicy)
	}
	for i, r := range s.PodFailurePolicy.Rules {
		if want := []batch.PodFailurePolicyAction{batch.PodFailurePolicyActionIgnore, batch.PodFailurePolicyActionFailIndex}[i]; r.Action != want {
			t.Errorf("rule %d is %s", i, r.Action)
		}
	}
	c := s.Template.Spec.Containers[0]
	if got := c.Resources.Limits.Memory().Value(); got != 3<<30 {
		t.Errorf("memory %d", got)
	}
	if got := volume.Spec.Resources.Requests.Storage().Value(); got != 6<<30 {
		t.Errorf("storage %d", got)
	}
	if string(model.BinaryData["file0"]) != "m\x00" && string(model.BinaryData["file1"]) != "m\x00" {
		t.Errorf("the model is %q", model.BinaryData)
	}
	want := "$$(x)=1"
	found := false
	for _, a := range c.Args {
		found = found || a == want
	}
	if !found {
		t.Errorf("the arguments %q have no %q", c.Args, want)
	}
	mounted(t, run.Spec.Template.Spec)
	mounted(t, merge.Spec.Template.Spec)
	// Only a command that reads its model to merge finds it there.
	reads := false
	for _, m := range merge.Spec.Template.Spec.Containers[0].VolumeMounts {
		reads = reads || m.MountPath == "/model"
	}
	if reads != (j.Command != "run") {
		t.Errorf("the merge finds the model: %v", reads)
	}
}

// mounted checks that each mount of a pod has its volume, and each volume a mount.
func mounted(t *testing.T, pod core.PodSpec) {
	t.Helper()
	volumes := map[string]bool{}
	for _, v := range pod.Volumes {
		volumes[v.Name] = false
	}
	for _, m := range pod.Containers[0].VolumeMounts {
		if _, there := volumes[m.Name]; !there {
			t.Errorf("no volume %s", m.Name)
		}
		volumes[m.Name] = true
	}
	for name, used := range volumes {
		if !used {
			t.Errorf("volume %s is not mounted", name)
		}
	}
}
