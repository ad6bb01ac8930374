// Creates a video, waits for it and downloads it, with openapi-generator's client in Go.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	kling "github.com/GIT_USER_ID/GIT_REPO_ID"
)

func main() {
	url, key, target := os.Args[1], os.Args[2], os.Args[3]
	configuration := kling.NewConfiguration()
	configuration.Servers = kling.ServerConfigurations{{URL: url}}
	api := kling.NewAPIClient(configuration).TextToVideoAPI
	ctx := context.WithValue(context.Background(), kling.ContextAccessToken, key)

	body := kling.NewTextToVideoRequest()
	_, response, err := api.CreateTextToVideoTask(ctx).TextToVideoRequest(*body).Execute()
	var failure *kling.GenericOpenAPIError
	if !errors.As(err, &failure) {
		log.Fatal("a request without a prompt is not refused: ", err)
	}
	var refusal kling.ApiError
	check(json.Unmarshal(failure.Body(), &refusal))
	fmt.Println("refused", response.StatusCode, refusal.Code)

	body.SetModelName(kling.TEXTTOVIDEOMODEL_KLING_V3)
	body.SetPrompt("A fox at dawn")
	reply, _, err := api.CreateTextToVideoTask(ctx).TextToVideoRequest(*body).Execute()
	check(err)
	task := reply.Data
	fmt.Println(task.TaskStatus)
	for task.TaskStatus != kling.TASKSTATUS_SUCCEED && task.TaskStatus != kling.TASKSTATUS_FAILED {
		time.Sleep(20 * time.Millisecond)
		reply, _, err := api.GetTextToVideoTask(ctx, task.TaskId).Execute()
		check(err)
		if reply.Data.TaskStatus != task.TaskStatus {
			fmt.Println(reply.Data.TaskStatus)
		}
		task = reply.Data
	}

	video, err := http.Get(task.TaskResult.Videos[0].GetUrl())
	check(err)
	file, err := os.Create(target)
	check(err)
	_, err = io.Copy(file, video.Body)
	check(err)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
