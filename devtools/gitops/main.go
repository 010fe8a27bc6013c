// Says of objects what Flux, and whatever else waits by the rules of kstatus, says of them. One object
// a line on standard input, as JSON; one word a line on standard output, such as InProgress.
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	objects := bufio.NewScanner(os.Stdin)
	objects.Buffer(nil, 16<<20)
	for objects.Scan() {
		// As a client of the API server reads it: whole numbers are int64.
		var object unstructured.Unstructured
		if err := object.UnmarshalJSON(objects.Bytes()); err != nil {
			fail(err)
		}
		said, err := status.Compute(&object)
		if err != nil {
			fail(err)
		}
		fmt.Println(said.Status)
	}
	if err := objects.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
