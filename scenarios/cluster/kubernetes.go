package cluster

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/scenarios/words"
)

// mostConfig is how many bytes of files a ConfigMap may hold.
const mostConfig = 1 << 20

// object is a table of a manifest.
type object = map[string]any

// indexVariable is where Kubernetes gives a task its number, from 0.
const indexVariable = "JOB_COMPLETION_INDEX"

// kubernetes returns the manifests of an Indexed Job, as JSON, which kubectl reads as it does YAML.
func (j *Job) kubernetes() (map[string][]byte, error) {
	if j.Image == "" {
		return nil, errors.New("--image names the container that holds weir, such as registry/weir:0.1")
	}
	files := map[string][]byte{}
	volumes := []object{{"name": "parts", "persistentVolumeClaim": object{"claimName": j.Name}}}
	mounts := []object{{"name": "parts", "mountPath": "/ensemble/parts", "subPath": "parts"}}
	model := j.At
	if model == "" {
		config, items, entry, err := j.configMap()
		if err != nil {
			return nil, err
		}
		model = "/model/" + entry
		files["model.json"] = manifest(config)
		volumes = append(volumes, object{"name": "model", "configMap": object{"name": j.Name + "-model", "items": items}})
		mounts = append(mounts, object{"name": "model", "mountPath": "/model", "readOnly": true})
	}
	files["volume.json"] = manifest(object{
		"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": object{"name": j.Name},
		"spec": object{"accessModes": []string{"ReadWriteMany"},
			"resources": object{"requests": object{"storage": fmt.Sprintf("%dGi", gib(j.Storage))}}},
	})
	files["run.json"] = manifest(j.indexed(model, mounts, volumes))
	whole := []object{{"name": "parts", "mountPath": "/ensemble"}}
	if !j.reads() {
		mounts, volumes = mounts[:1], volumes[:1]
	}
	files["merge.json"] = manifest(job(j.Name+"-merge", object{"backoffLimit": 3},
		j.container(escape(j.merge("/ensemble/parts")), append(whole, mounts[1:]...)), volumes))
	files["README.md"] = []byte(j.readme() + j.apply())
	return files, nil
}

// apply returns the commands that run the job.
func (j *Job) apply() string {
	apply := "kubectl apply -f volume.json -f run.json\n"
	if j.At == "" {
		apply = "kubectl apply -f volume.json -f model.json -f run.json\n"
	}
	return "```\n" + apply +
		"kubectl wait --for=condition=complete --timeout=-1s job/" + j.Name + "\n" +
		"kubectl apply -f merge.json\n```\n\n" +
		"The volume must be one that many nodes can write (ReadWriteMany). Set its storageClassName in volume.json\n" +
		"where the cluster has no default for it. The result is " + j.results() + " on it.\n"
}

// indexed returns the Job that runs the parts. A task that is evicted is tried again without limit,
// one that fails three times; wrong usage, exit code 2, is not tried again.
func (j *Job) indexed(model string, mounts, volumes []object) object {
	c := j.container(escape(j.run(model, indexVariable, "$("+indexVariable+")", "/ensemble/parts")), mounts)
	c["env"] = []object{{"name": indexVariable, "valueFrom": object{"fieldRef": object{
		"fieldPath": "metadata.annotations['batch.kubernetes.io/job-completion-index']"}}}}
	spec := object{
		"completions": j.Shards, "completionMode": "Indexed", "backoffLimitPerIndex": 3,
		"podFailurePolicy": object{"rules": []object{
			{"action": "Ignore", "onPodConditions": []object{{"type": "DisruptionTarget", "status": "True"}}},
			{"action": "FailIndex", "onExitCodes": object{"containerName": "weir", "operator": "In", "values": []int{2}}},
		}},
	}
	spec["parallelism"] = j.Shards
	if j.Parallel > 0 {
		spec["parallelism"] = min(j.Parallel, j.Shards)
	}
	return job(j.Name, spec, c, volumes)
}

// job returns a Job of one container.
func job(name string, spec, container object, volumes []object) object {
	spec["template"] = object{"spec": object{"restartPolicy": "Never", "containers": []object{container}, "volumes": volumes}}
	return object{"apiVersion": "batch/v1", "kind": "Job", "metadata": object{"name": name}, "spec": spec}
}

// container returns the container that runs weir with arguments.
func (j *Job) container(args []string, mounts []object) object {
	size := object{"cpu": fmt.Sprint(j.CPUs), "memory": fmt.Sprintf("%dMi", (j.Memory+1<<20-1)>>20)}
	return object{"name": "weir", "image": j.Image, "command": []string{"weir"}, "args": args, "workingDir": "/ensemble",
		"resources": object{"requests": size, "limits": object{"memory": size["memory"]}}, "volumeMounts": mounts}
}

// escape keeps $(…) of arguments from being replaced, but for the index of the task.
func escape(args []string) []string {
	index := "$(" + indexVariable + ")"
	var out []string
	for _, a := range args {
		a = strings.ReplaceAll(a, "$(", "$$(")
		out = append(out, strings.ReplaceAll(a, "$"+index, index))
	}
	return out
}

// configMap returns the ConfigMap with the model's files, their places, and the path of the model. A
// key of it may hold no slash, so that files have numbers.
func (j *Job) configMap() (config object, items []object, entry string, err error) {
	files, entry, err := j.rooted()
	if err != nil {
		return nil, nil, "", err
	}
	data, size := object{}, 0
	for i, name := range slices.Sorted(maps.Keys(files)) {
		key := fmt.Sprintf("file%d", i)
		data[key] = files[name] // bytes are base64 in JSON, as binaryData wants them
		size += len(files[name])
		items = append(items, object{"key": key, "path": name})
	}
	if size > mostConfig*2/3 { // base64 makes four bytes of three
		return nil, nil, "", fmt.Errorf("the model and its data have %s, too much for a ConfigMap: put them into the image, and name their place with --at",
			words.Bytes(float64(size)))
	}
	return object{"apiVersion": "v1", "kind": "ConfigMap", "metadata": object{"name": j.Name + "-model"}, "binaryData": data}, items, entry, nil
}

// manifest returns an object as JSON for people.
func manifest(o object) []byte {
	text, _ := json.MarshalIndent(o, "", "  ") // texts and numbers are always JSON
	return append(text, '\n')
}
