"""Programs of a few lines each that go through several families."""

import pytest
from kling import BadRequestError, Kling, models
from kling_api.api.account_costs import get_account_costs
from kling_api.api.basic_element import (
    create_basic_element,
    delete_basic_element,
    list_basic_elements,
)
from kling_api.api.custom_element import delete_custom_element, list_custom_element_presets
from kling_api.api.custom_voice import (
    delete_custom_voice,
    list_custom_voice_presets,
    list_custom_voice_tasks,
)
from kling_api.api.image_recognition import create_image_recognition
from kling_api.api.multi_elements import (
    create_multi_elements_selection,
    create_multi_elements_selection_points,
    create_multi_elements_selection_preview,
    delete_multi_elements_selection,
    delete_multi_elements_selection_points,
)

PICTURE = "https://example.org/picture.png"


@pytest.fixture
def client(kling_mock):
    return Kling(transport=kling_mock.transport)


def test_an_omni_video_with_references(client, tmp_path):
    task = client.run(
        models.OmniVideoRequest(
            model_name="kling-v3-omni",
            prompt="<<<image_1>>> and <<<element_1>>> meet under a lamp",
            image_list=[models.OmniVideoImage(image_url=PICTURE)],
            element_list=[models.ElementReference(element_id=160)],
            aspect_ratio="16:9",
        )
    )

    assert [path.suffix for path in client.download(task, tmp_path)] == [".mp4"]


def test_a_garment_is_tried_on(client, tmp_path):
    task = client.run(models.VirtualTryOnRequest(human_image=PICTURE, cloth_image=PICTURE))

    (path,) = client.download(task, tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_as_many_pictures_as_were_asked_for(client, tmp_path):
    task = client.run(models.ImageGenerationRequest(model_name="kling-v3", prompt="A fox", n=3))

    assert len(client.download(task, tmp_path)) == 3
    assert [image.index for image in task.raw.task_result.images] == [0, 1, 2]


def test_a_series_of_pictures(client):
    task = client.run(
        models.OmniImageRequest(
            model_name="kling-v3-omni",
            prompt="A fox",
            aspect_ratio="1:1",
            result_type="series",
            series_amount=2,
        )
    )

    assert [output.kind for output in task.outputs] == ["image", "image"]


def test_speech_is_made_at_once_and_an_avatar_speaks_it(client, tmp_path):
    speech = client.create(
        models.TextToSpeechRequest(text="Welcome", voice_id="uk_boy1", voice_language="en")
    )
    assert speech.ended
    (sound,) = speech.outputs

    video = client.run(models.AvatarRequest(image=PICTURE, audio_id=sound.id))

    assert [path.suffix for path in client.download(speech, tmp_path)] == [".mp3"]
    assert [path.suffix for path in client.download(video, tmp_path)] == [".mp4"]


def test_a_custom_voice_speaks_in_a_video(client):
    task = client.run(
        models.CustomVoiceRequest(voice_name="Ada", voice_url="https://example.org/ada.mp3")
    )
    (voice,) = task.outputs

    video = client.run(
        models.ImageToVideoRequest(
            model_name="kling-v2-6",
            image=PICTURE,
            prompt="<<<voice_1>>> Welcome everyone",
            voice_list=[models.VoiceReference(voice_id=voice.id)],
            mode="pro",
            sound="on",
        )
    )

    assert voice.kind == "voice"
    assert video.status == "succeeded"


def test_a_voice_is_deleted_once_and_a_preset_never(client):
    task = client.run(
        models.CustomVoiceRequest(voice_name="Ada", voice_url="https://example.org/ada.mp3")
    )
    request = models.DeleteCustomVoiceRequest(voice_id=task.outputs[0].id)
    presets = list_custom_voice_presets.sync(client=client.raw).data

    delete_custom_voice.sync(client=client.raw, body=request)

    with pytest.raises(BadRequestError, match="already be deleted"):
        delete_custom_voice.sync(client=client.raw, body=request)
    preset = presets[0].task_result.voices[0]
    assert preset.owned_by == "kling"
    with pytest.raises(BadRequestError, match="not found"):
        delete_custom_voice.sync(
            client=client.raw, body=models.DeleteCustomVoiceRequest(voice_id=preset.voice_id)
        )
    (listed,) = list_custom_voice_tasks.sync(client=client.raw).data
    assert listed.task_result.voices[0].status == "deleted"


def test_an_element_is_made_used_and_deleted(client):
    task = client.run(
        models.CustomElementRequest(
            element_name="Ada",
            element_description="A woman in a green coat",
            reference_type="image_refer",
            element_image_list=models.CustomElementImages(
                frontal_image=PICTURE, refer_images=[models.ElementImageInput(image_url=PICTURE)]
            ),
        )
    )
    (element,) = task.raw.task_result.elements
    assert element.element_name == "Ada"

    video = client.run(
        models.ImageToVideoRequest(
            model_name="kling-v3",
            image=PICTURE,
            prompt="<<<element_1>>> waves",
            element_list=[models.ElementReference(element_id=element.element_id)],
        )
    )
    delete = models.DeleteCustomElementRequest(element_id=str(element.element_id))
    delete_custom_element.sync(client=client.raw, body=delete)

    assert video.status == "succeeded"
    assert client.retrieve(task).raw.task_result.elements[0].status == "deleted"
    with pytest.raises(BadRequestError, match="already be deleted"):
        delete_custom_element.sync(client=client.raw, body=delete)
    presets = list_custom_element_presets.sync(client=client.raw).data
    assert presets[0].task_result.elements[0].owned_by == "kling"


def test_the_older_elements_are_made_at_once(client):
    made = create_basic_element.sync(
        client=client.raw,
        body=models.BasicElementRequest(
            element_name="Ada",
            element_description="A woman in a green coat",
            element_frontal_image=PICTURE,
            element_refer_list=[models.ElementImageInput(image_url=PICTURE)],
        ),
    ).data
    listed = list_basic_elements.sync(client=client.raw).data
    delete_basic_element.sync(
        client=client.raw,
        body=models.DeleteBasicElementRequest(element_id=str(made.element_id)),
    )

    assert [one.element_name for one in listed] == ["Ada"]
    assert list_basic_elements.sync(client=client.raw).data == []


def test_elements_of_a_video_are_selected_and_removed(client):
    def points(request, *places):
        return request(
            session_id=session,
            frame_index=0,
            points=[models.MultiElementsPoint(x=x, y=y) for x, y in places],
        )

    raw = client.raw
    add = models.MultiElementsSelectionPointsRequest
    take_back = models.MultiElementsSelectionPointsDeletionRequest
    session = create_multi_elements_selection.sync(
        client=raw,
        body=models.MultiElementsSelectionRequest(video_url="https://example.org/fox.mp4"),
    ).data.session_id
    remove = models.MultiElementsRequest(
        session_id=session, edit_mode="removal", prompt="Delete the lamp from <<<video_1>>>"
    )
    whole = models.MultiElementsSessionRequest(session_id=session)

    with pytest.raises(BadRequestError, match="needs a selection with points"):
        client.create(remove)
    create_multi_elements_selection_points.sync(
        client=raw, body=points(add, (0.5, 0.5), (0.1, 0.2))
    )
    delete_multi_elements_selection_points.sync(client=raw, body=points(take_back, (0.1, 0.2)))
    with pytest.raises(BadRequestError, match="was not added"):
        delete_multi_elements_selection_points.sync(client=raw, body=points(take_back, (0.1, 0.2)))
    preview = create_multi_elements_selection_preview.sync(client=raw, body=whole).data
    task = client.run(remove)

    assert preview.res.video.endswith(".mp4")
    assert task.raw.task_result.videos[0].session_id == session
    delete_multi_elements_selection.sync(client=raw, body=whole)
    with pytest.raises(BadRequestError, match="the selection has no points"):
        create_multi_elements_selection_preview.sync(client=raw, body=whole)


def test_what_answers_at_once_is_asked_through_the_raw_client(client):
    parts = create_image_recognition.sync(
        client=client.raw, body=models.ImageRecognitionRequest(image=PICTURE)
    ).data.task_result.images
    costs = get_account_costs.sync(client=client.raw, start_time=0, end_time=4_102_444_800_000).data

    assert {part.type_ for part in parts} == {"object_seg", "head_seg", "face_seg", "cloth_seg"}
    assert costs.resource_pack_subscribe_infos
    with pytest.raises(TypeError, match="creates a task"):
        client.create(models.ImageRecognitionRequest(image=PICTURE))
